/** Listens on 127.0.0.1, on the wanted port or the next free one. Server code. */
const TRIES = 50;

/**
 * @param {import('node:http').Server} server
 * @param {number} port 0: any free port.
 * @returns {Promise<string>} The address.
 */
export async function listen(server, port) {
  for (let offset = 0; offset < TRIES; offset++) {
    const opened = await open(server, port === 0 ? 0 : port + offset);
    if (opened) return `http://127.0.0.1:${server.address().port}`;
  }
  throw new Error(`No free port between ${port} and ${port + TRIES - 1}; give another one with --port`);
}

function open(server, port) {
  return new Promise((resolve, reject) => {
    const failed = (error) => (error.code === 'EADDRINUSE' ? resolve(false) : reject(error));
    server.once('error', failed);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', failed);
      resolve(true);
    });
  });
}
