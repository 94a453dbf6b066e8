/** Code that looks alike and belongs to somebody else: it must come through byte for byte. */
import type { FileSketch } from '../file-sketch.js';

type Bystander = (file: FileSketch) => string;

/** Top-level text in a format of its own; it is put in after formatting. */
export const notOurs: Record<string, Bystander> = {
  'other-keys': (file) =>
    `export function ${file.name('theme')}( ) {  return localStorage.getItem( "app_theme" )||'light'  }`,
  'near-key': (file) =>
    `export const ${file.name('seen')} = ( ) => localStorage.getItem("worker_credentials_help_seen")   === '1'`,
  'co-workers': (file) => `export const ${file.name('co')}   = [ 'co_worker_credentials' , "service_worker_token" ]`,
  'other-address': (file) =>
    `export const ${file.name('list')} = async (  id: string ) =>( await fetch('/api/client-credentials-list/'+id) ).json( )`,
  'crud-item': (file) =>
    `export async function ${file.name('drop')}(id: string){ await fetch(\`/api/client-credentials/\${ id }\`, {method:'DELETE'} ) ; return id}`,
  'odd-format': (file) => `export const ${file.name('odd')}=[1,2 ,3 ].map( ( n )=>n*2 ) ; /* keep   me */`,
  'own-session': (file) =>
    `export const ${file.name('own')} = { read( ){return sessionStorage.getItem( 'session' )??"" } ,  }`,
};
