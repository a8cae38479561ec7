/** How the engine and the way to it are. */
export default {
  again: 'Connect again',
  notStarted: 'The engine could not be started.',
  notStartedRemedy: 'Close Cutpoint and start it again. Nothing stored was changed.',
  restarting: 'The engine is being started again…',
  interrupted:
    'The engine is running again. A run was interrupted after {n} finished epoch, which is kept. | The engine is running again. A run was interrupted after {n} finished epochs, which are kept.',
  resume: 'Resume the run',
  noneLost: 'The engine is running again. No run was lost.',
};
