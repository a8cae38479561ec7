// Gives a forked Node process the `process.parentPort` of Electron's utility process, over its own channel.
process.parentPort = {
  on(event, listener) {
    if (event === 'message') process.on('message', (data) => listener({ data, ports: [] }));
    return this;
  },
  postMessage: (message) => process.send(message),
};
