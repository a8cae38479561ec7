/** The message with which the preload script hands a window its port. */
export const PORT_MESSAGE = 'cutpoint:engine-port';

/** The port that answers `ask`, in a window of the desktop shell. */
export function requestPort(ask: () => void, target: Window = window): Promise<MessagePort> {
  return new Promise((resolve) => {
    const receive = (event: MessageEvent) => {
      const [port] = event.ports;
      // Only the preload script posts from the window to itself.
      if (event.source !== target || event.data !== PORT_MESSAGE || !port) return;
      target.removeEventListener('message', receive);
      resolve(port);
    };
    target.addEventListener('message', receive);
    ask();
  });
}
