/** What the gateway itself has the assistant say, where no mind was asked. */

export const PHRASES = {
  stillThere: 'Are you still there?',
  almostOver: 'We are almost out of time for this call.',
  timeIsUp: 'Our time is up. Thank you for talking with me. Goodbye.',
  nobodyThere: "I haven't heard you for a while, so I'll end our call here. Goodbye.",
  drained: 'I am sorry, I have to end our call here. Please call again in a moment. Goodbye.',
  lostThread: 'I am sorry, something went wrong on my side. Could you say that again?',
} as const;
