import { InferenceSession, Tensor } from 'onnxruntime-node';
import { threadsHere } from '../../host/limits.ts';
import { watchParent } from '../../host/watchdog.ts';
import type { OnnxRequest, OnnxReply } from './session.ts';

/** Milliseconds that it may go on without the engine: it has nothing to put away. */
const FAREWELL = 1000;

/** The process in which onnxruntime runs one model: it can be ended whatever the model does. */
let session: InferenceSession | undefined;

const answer = (reply: OnnxReply) => process.send?.(reply);

process.on('message', (request: OnnxRequest) => {
  void perform(request).catch((error: unknown) =>
    answer({ failed: error instanceof Error ? error.message : 'failed' }),
  );
});
// The engine is gone. While a model runs nobody hears that: then a thread sees it.
process.on('disconnect', () => process.exit());
watchParent(FAREWELL);

async function perform(request: OnnxRequest): Promise<void> {
  if ('model' in request) {
    session = await InferenceSession.create(request.model, { intraOpNumThreads: threadsHere() });
    answer({ done: undefined });
    return;
  }
  const { input, output, images, shape } = request;
  const { [output]: found } = await session!.run({ [input]: new Tensor('uint8', images, shape) });
  answer({ done: found?.data instanceof Float32Array ? found.data : undefined });
}
