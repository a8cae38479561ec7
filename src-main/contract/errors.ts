/**
 * The closed table of error codes. `user` errors are caused by input or the machine's state and can be put right by the
 * person at the screen; `cancelled` was asked for; `defect` is ours.
 */
export const ERROR_CODES = {
  // data
  FOLDER_NOT_FOUND: 'user',
  FOLDER_NOT_READABLE: 'user',
  FOLDER_EMPTY: 'user',
  FOLDER_NOT_EMPTY: 'user',
  FOLDER_NOT_WRITABLE: 'user',
  DATA_DIFFERS: 'user',
  FILE_NOT_READABLE: 'user',
  IMAGE_EMPTY: 'user',
  IMAGE_CORRUPT: 'user',
  IMAGE_TOO_LARGE: 'user',
  IMAGE_WRONG_TYPE: 'user',
  IMAGE_UNSUPPORTED: 'user',
  LABELS_NOT_READABLE: 'user',
  LABELS_COLUMN_MISSING: 'user',
  LABELS_FILE_MISSING: 'user',
  LABELS_VALUE_MISSING: 'user',
  LABELS_DUPLICATE: 'user',
  GROUP_PATTERN_INVALID: 'user',
  ONE_CLASS: 'user',
  TOO_MANY_CLASSES: 'user',
  TOO_FEW_GROUPS: 'user',
  DATA_DOUBTFUL: 'user',
  CLASSES_DIFFER: 'user',
  TEST_OVERLAPS: 'user',
  SPLIT_INVALID: 'user',
  PATIENT_ON_BOTH_SIDES: 'user',
  CACHE_DAMAGED: 'user',
  // networks and weights
  BACKBONE_UNKNOWN: 'user',
  CUT_UNKNOWN: 'user',
  INPUT_TOO_SMALL: 'user',
  WEIGHTS_FORMAT_UNKNOWN: 'user',
  WEIGHTS_CORRUPT: 'user',
  WEIGHTS_MISMATCH: 'user',
  SOURCE_UNKNOWN: 'user',
  SOURCE_EXISTS: 'user',
  SOURCE_DAMAGED: 'user',
  CATALOGUE_UNKNOWN: 'user',
  DOWNLOAD_FAILED: 'user',
  CHECKSUM_MISMATCH: 'user',
  // runs and results
  STRATEGY_UNSUPPORTED: 'user',
  STUDY_UNKNOWN: 'user',
  ARCHIVE_DAMAGED: 'user',
  ARCHIVE_NEWER: 'user',
  COMPARISON_UNKNOWN: 'user',
  COMPARISON_STATE: 'user',
  SOURCE_STUDY_UNKNOWN: 'user',
  SOURCE_STUDY_STATE: 'user',
  RUN_UNKNOWN: 'user',
  RUN_STATE: 'user',
  RUN_BUSY: 'user',
  TEST_SEALED: 'user',
  JOB_UNKNOWN: 'user',
  TRAINING_DIVERGED: 'user',
  CHECKPOINT_WRITE_FAILED: 'user',
  CHECKPOINT_MISSING: 'user',
  CHECKPOINT_DAMAGED: 'user',
  EXPORT_EXISTS: 'user',
  EXPORT_MISMATCH: 'user',
  EXPORT_WRITE_FAILED: 'user',
  MODEL_NOT_READABLE: 'user',
  MODEL_DAMAGED: 'user',
  // machine and process
  ENGINE_UNAVAILABLE: 'user',
  PRECISION_UNAVAILABLE: 'user',
  ENGINE_CRASHED: 'user',
  WORKER_CRASHED: 'user',
  OUT_OF_MEMORY: 'user',
  DISK_FULL: 'user',
  PORT_IN_USE: 'user',
  SERVE_NOT_RUNNING: 'user',
  WORKSPACE_LOCKED: 'user',
  WORKSPACE_NOT_WRITABLE: 'user',
  WORKSPACE_NOT_PRIVATE: 'user',
  STORE_NEWER: 'user',
  STORE_CORRUPT: 'user',
  PLAN_NEWER: 'user',
  BACKUP_FAILED: 'user',
  FILE_EXISTS: 'user',
  IN_USE: 'user',
  NOT_CONFIRMED: 'user',
  TOKEN_INVALID: 'user',
  INPUT_INVALID: 'user',
  METHOD_UNKNOWN: 'defect',
  CONNECTION_LOST: 'user',
  CANCELLED: 'cancelled',
  DEFECT: 'defect',
} as const satisfies Record<string, 'user' | 'cancelled' | 'defect'>;

export type ErrorCode = keyof typeof ERROR_CODES;
export type ErrorKind = (typeof ERROR_CODES)[ErrorCode];

/** The form in which an error crosses a process boundary. */
export interface ErrorReply {
  code: ErrorCode;
  /** One sentence that a clinician understands. */
  message: string;
  /** What to do next. */
  remedy?: string;
  /** Machine-readable extras, e.g. `{ valid: ['layer1.2', …] }`. Never a patient identifier. */
  details?: Record<string, unknown>;
}

/** An error with a code from the table, a sentence, what to do next, and the cause. */
export class CutpointError extends Error {
  readonly code: ErrorCode;
  readonly remedy: string | undefined;
  readonly details: Record<string, unknown> | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    options: { remedy?: string; details?: Record<string, unknown>; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'CutpointError';
    this.code = code;
    this.remedy = options.remedy;
    this.details = options.details;
  }

  get kind(): ErrorKind {
    return ERROR_CODES[this.code];
  }

  toReply(): ErrorReply {
    return {
      code: this.code,
      message: this.message,
      ...(this.remedy === undefined ? {} : { remedy: this.remedy }),
      ...(this.details === undefined ? {} : { details: this.details }),
    };
  }

  static fromReply(reply: ErrorReply): CutpointError {
    return new CutpointError(reply.code, reply.message, reply);
  }

  /** Any thrown value as a CutpointError; what is not one already is a defect, and keeps its cause. */
  static from(thrown: unknown): CutpointError {
    if (thrown instanceof CutpointError) return thrown;
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    return new CutpointError('DEFECT', `Cutpoint met an error it did not expect: ${message}`, {
      remedy: 'Nothing stored was changed. Please report this with the log file of the workspace.',
      cause: thrown,
    });
  }
}
