/** ElevenLabs' client, whole: its conversation, over its own wire. */

import { Conversation } from '@elevenlabs/client';

globalThis.bench.player = async (url) => {
  await Conversation.startSession({ signedUrl: url, connectionType: 'websocket' });
};
