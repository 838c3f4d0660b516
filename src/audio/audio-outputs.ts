/** The speakers that a visitor may choose from. */

/** '' is the default. */
export interface AudioOutput {
  readonly deviceId: string;
  readonly label: string;
}

/** What may be chosen; none before the visitor has allowed the microphone, and where nothing can be. */
export async function audioOutputs(): Promise<AudioOutput[]> {
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  const all = (await devices?.enumerateDevices()) ?? [];
  return all
    .filter(({ kind, deviceId }) => kind === 'audiooutput' && deviceId)
    .map(({ deviceId, label }) => ({ deviceId: deviceId === 'default' ? '' : deviceId, label }));
}
