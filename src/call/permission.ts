/** Whether the browser will give the microphone without asking; false where it can't be known. */
export async function microphoneAllowed(): Promise<boolean> {
  try {
    const { state } = await navigator.permissions.query({ name: 'microphone' });
    return state === 'granted';
  } catch {
    return false;
  }
}
