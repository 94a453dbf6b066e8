/** Shapes inside React components and hooks. They are migrated and type-checked, not run. */
import type { Family, FileSketch } from '../file-sketch.js';

const component = (file: FileSketch, body: string): string => {
  const name = `Page${file.name('view').slice(4)}`;
  return file.random.chance(0.5)
    ? `export function ${name}() {\n${body}\n}`
    : `export const ${name} = () => {\n${body}\n};`;
};

export const components: Record<string, Family> = {
  'lazy-useState-form': (file) =>
    component(
      file,
      `const [form, setForm] = useState(() => {\nconst raw = ${file.get('credentials')};\nconst saved = raw ? JSON.parse(raw) : {};\nreturn { environmentId: saved.environmentId || '', region: saved.region || 'us' };\n});\nreturn <button onClick={() => setForm({ ...form, region: 'eu' })}>{form.environmentId}</button>;`,
    ),
  'lazy-useState-one-field': (file) =>
    component(
      file,
      `const [environment] = useState(() => {\nconst text = ${file.get('credentials')};\nconst saved = text ? JSON.parse(text) : null;\nreturn saved?.environmentId || '';\n});\nreturn <p>{environment}</p>;`,
    ),
  'eager-useState': (file) =>
    component(file, `const [token] = useState(${file.get('token')} || '');\nreturn <p>{token ? 'yes' : 'no'}</p>;`),
  'useMemo-token': (file) =>
    component(file, `const token = useMemo(() => ${file.get('token')} || '', []);\nreturn <p>{token.length}</p>;`),
  'read-in-render-body': (file) =>
    component(
      file,
      `const token = ${file.get('token')};\nconst has = !!token;\nreturn <p>{has ? 'ready' : 'none'}</p>;`,
    ),
  'jsx-attribute-read': (file) =>
    component(file, `return <input defaultValue={${file.get('token')} || ''} title="NA" />;`),
  'jsx-prop-iife': (file) =>
    component(
      file,
      `return (\n<input\ntitle={(() => {\nlet saved = null;\ntry {\nconst text = ${file.get('credentials')};\nif (text) saved = JSON.parse(text);\n} catch {}\nreturn saved?.clientId ?? '';\n})()}\n/>\n);`,
    ),
  'polling-and-listeners': (file) => {
    const token = file.key('token');
    return component(
      file,
      `const [token, setToken] = useState(() => ${file.get('token')} || '');\nuseEffect(() => {\nconst check = () => {\nconst next = ${file.get('token')};\nif (next && next !== token) setToken(next);\n};\nconst onStorage = (event: StorageEvent) => {\nif (event.key === ${token}) check();\n};\nconst timer = setInterval(check, 1000);\n${file.op('listener', `window.addEventListener('storage', onStorage)`)};\n${file.op('listener', `window.addEventListener('workerTokenUpdated', check)`)};\nreturn () => {\nclearInterval(timer);\nwindow.removeEventListener('storage', onStorage);\nwindow.removeEventListener('workerTokenUpdated', check);\n};\n}, [token]);\nreturn <p>{token ? 'connected' : 'offline'}</p>;`,
    );
  },
  'autosave-effect': (file) =>
    component(
      file,
      `const [form, setForm] = useState({ environmentId: '', clientId: '', clientSecret: '' });\nuseEffect(() => {\nif (form.clientId || form.clientSecret) ${file.set('credentials', 'JSON.stringify(form)')};\n}, [form]);\nreturn <button onClick={() => setForm({ ...form, clientId: 'x' })}>set</button>;`,
    ),
  'async-callback': (file) =>
    component(
      file,
      `const [error, setError] = useState('');\nconst run = useCallback(async () => {\nconst token = ${file.get('token')};\nif (!token) {\nsetError('no token');\nreturn;\n}\nconst answer = await fetch('/api/users', { headers: { Authorization: \`Bearer \${token}\` } });\nsetError(answer.ok ? '' : 'failed');\n}, []);\nreturn <button onClick={() => void run()}>{error}</button>;`,
    ),
  'event-handler-reread': (file) =>
    component(
      file,
      `const [environment, setEnvironment] = useState('');\nuseEffect(() => {\nconst onUpdate = () => {\nconst raw = ${file.get('credentials')};\nconst saved = raw ? JSON.parse(raw) : null;\nif (saved?.environmentId) setEnvironment(saved.environmentId);\n};\n${file.op('listener', `window.addEventListener('workerTokenUpdated', onUpdate)`)};\nreturn () => window.removeEventListener('workerTokenUpdated', onUpdate);\n}, []);\nreturn <p>{environment}</p>;`,
    ),
  'save-button': (file) =>
    component(
      file,
      `const [form] = useState({ environmentId: '', clientId: '', clientSecret: '', region: 'eu' });\nconst save = ${file.random.pick(['', 'async '])}() => {\n${file.set('credentials', 'JSON.stringify(form)')};\nconsole.info('saved');\n};\nreturn <button onClick={save}>save</button>;`,
    ),
  'service-in-useMemo': (file) => {
    const load = file.wrapper('loadWorker');
    if (!load) return components['lazy-useState-one-field']!(file);
    return component(
      file,
      `const stored = useMemo(() => ${load}(), []);\nconst [environment] = useState(stored?.environmentId || '');\nreturn <p>{environment}</p>;`,
    );
  },
};
