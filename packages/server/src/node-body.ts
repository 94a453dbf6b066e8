/**
 * The body of one of Node's requests as a web stream. `Readable.toWeb` would destroy the connection when somebody stops reading, and the
 * answer that says why with it.
 */
import type { IncomingMessage } from 'node:http';

/** Nothing is read before somebody asks; who stops asking leaves the rest to the listener. */
export function bodyStream(incoming: IncomingMessage): ReadableStream<Uint8Array> {
  let forget = () => {};
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const onData = (chunk: Buffer) => {
          incoming.pause();
          controller.enqueue(new Uint8Array(chunk));
        };
        const onEnd = () => (forget(), controller.close());
        const onBroken = () => (forget(), controller.error(new TypeError('The body of the request broke off.')));
        forget = () => incoming.off('data', onData).off('end', onEnd).off('error', onBroken).off('close', onBroken);
        incoming.pause().on('data', onData).on('end', onEnd).on('error', onBroken).on('close', onBroken);
      },
      pull: () => void incoming.resume(),
      cancel: () => forget(),
    },
    { highWaterMark: 0 },
  );
}
