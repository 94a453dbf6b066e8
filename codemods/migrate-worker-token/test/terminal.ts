/** Runs a command on a terminal of its own, and types when it asks. */
import { spawn } from 'node:child_process';

export interface Typed {
  status: number | null;
  text: string;
}

export interface Typing {
  cwd: string;
  env: NodeJS.ProcessEnv;
  /** In their order: what it asks with, and what is typed then. */
  replies: readonly (readonly [prompt: RegExp, keys: string])[];
}

export function onTerminal(words: readonly string[], { cwd, env, replies }: Typing): Promise<Typed> {
  const line = words.map((word) => `'${word}'`).join(' ');
  const child = spawn('script', ['-qec', line, '/dev/null'], { cwd, env });
  let text = '';
  let read = 0;
  let next = 0;
  child.stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString();
    for (let reply = replies[next]; reply; reply = replies[next]) {
      const match = reply[0].exec(text.slice(read));
      if (!match) break;
      read += match.index + match[0].length;
      next++;
      child.stdin.write(reply[1]);
    }
  });
  return new Promise((resolve) => child.on('close', (status) => resolve({ status, text })));
}
