/** Deepgram's browser agent, whole: its element, over its own wire. */

import '@deepgram/browser-agent';

globalThis.bench.player = async (url, { rate }) => {
  const agent = document.createElement('deepgram-agent');
  agent.setAttribute('url', url);
  agent.setAttribute('output-sample-rate', String(rate));
  agent.setAttribute('idle-timeout-ms', '60000');
  document.body.append(agent);
  const open = new Promise((resolve, reject) => {
    agent.addEventListener('socket open', resolve);
    for (const failure of ['failed setup', 'failed to connect user media', 'connection timeout']) {
      agent.addEventListener(failure, () => reject(new Error(failure)));
    }
  });
  agent.setAttribute('config', '{"type":"Settings"}');
  await open;
};
