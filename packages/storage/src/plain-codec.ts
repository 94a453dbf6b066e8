/** The codec of a storage that seals nothing: an envelope around the JSON. */
import { decodeEnvelope, encodeEnvelope } from './envelope.js';
import { headerOf, safely, toEnvelope, type RecordCodec } from './record-envelope.js';

export const plainCodec: RecordCodec = {
  async encode(_tier, header, json) {
    return encodeEnvelope(toEnvelope(header, json));
  },

  async decode(_tier, slot, revision, text) {
    const decoded = decodeEnvelope(text, slot, revision);
    if (decoded.problem) return { kind: 'problem', problem: decoded.problem };
    const { envelope } = decoded;
    if (envelope.alg === undefined) {
      return safely(
        { kind: 'value', header: headerOf(envelope), json: envelope.d, encrypted: false },
        slot,
        text.length,
      );
    }
    const message = `The record of "${slot}" is encrypted; this storage reads plain ones. Open it with createCredentialStorage().`;
    return { kind: 'problem', problem: { kind: 'undecryptable', message, bytes: text.length } };
  },

  isOpenable: async () => true,
  encrypts: ({ encryptsItself = false }) => encryptsItself,
};
