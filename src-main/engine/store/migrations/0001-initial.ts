import type { Migration } from './migration.ts';

export const initial: Migration = {
  version: 1,
  sql: `
    CREATE TABLE workspace (
      key TEXT PRIMARY KEY,
      value BLOB NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE datasets (
      id TEXT PRIMARY KEY,
      folder TEXT NOT NULL,
      fingerprint TEXT NOT NULL,
      selection TEXT NOT NULL,
      report TEXT NOT NULL,
      classes TEXT NOT NULL,
      created_at TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    -- group_hash: hexadecimal salted hash. Anything else could be a patient identifier, and is refused.
    CREATE TABLE images (
      dataset_id TEXT NOT NULL REFERENCES datasets (id),
      position INTEGER NOT NULL,
      file TEXT NOT NULL,
      label TEXT NOT NULL,
      group_hash TEXT NOT NULL CHECK (length(group_hash) >= 16 AND group_hash NOT GLOB '*[^0-9a-f]*'),
      format TEXT NOT NULL,
      width INTEGER NOT NULL,
      height INTEGER NOT NULL,
      bytes INTEGER NOT NULL,
      sha256 TEXT NOT NULL,
      PRIMARY KEY (dataset_id, position),
      UNIQUE (dataset_id, file)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE sources (
      name TEXT PRIMARY KEY COLLATE NOCASE,
      backbone TEXT NOT NULL,
      file TEXT NOT NULL,
      format TEXT NOT NULL,
      sha256 TEXT NOT NULL,
      bytes INTEGER NOT NULL,
      added_at TEXT NOT NULL,
      matched INTEGER NOT NULL,
      parameters INTEGER NOT NULL,
      weights_file TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE runs (
      id TEXT PRIMARY KEY,
      status TEXT NOT NULL
        CHECK (status IN ('queued', 'running', 'paused', 'interrupted', 'stopped', 'completed', 'failed')),
      created_at TEXT NOT NULL,
      finished_at TEXT,
      plan TEXT NOT NULL,
      classes TEXT NOT NULL,
      parameters INTEGER NOT NULL,
      macs INTEGER NOT NULL,
      engine TEXT,
      error TEXT,
      dataset_id TEXT REFERENCES datasets (id),
      test_dataset_id TEXT REFERENCES datasets (id),
      split_counts TEXT,
      best_epoch INTEGER,
      UNIQUE (id, dataset_id),
      FOREIGN KEY (id, best_epoch) REFERENCES epochs (run_id, epoch)
    ) STRICT, WITHOUT ROWID;

    -- position: of the image in the dataset. The first foreign key keeps the dataset of a run from changing once its
    -- split is fixed.
    CREATE TABLE splits (
      run_id TEXT NOT NULL,
      dataset_id TEXT NOT NULL,
      position INTEGER NOT NULL,
      split TEXT NOT NULL CHECK (split IN ('train', 'validation', 'test')),
      PRIMARY KEY (run_id, position),
      FOREIGN KEY (run_id, dataset_id) REFERENCES runs (id, dataset_id),
      FOREIGN KEY (dataset_id, position) REFERENCES images (dataset_id, position)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE epochs (
      run_id TEXT NOT NULL REFERENCES runs (id),
      epoch INTEGER NOT NULL CHECK (epoch >= 1),
      train_loss REAL NOT NULL,
      validation_loss REAL NOT NULL,
      validation_auroc REAL,
      validation_auprc REAL,
      validation_accuracy REAL NOT NULL,
      learning_rate REAL NOT NULL,
      seconds REAL NOT NULL,
      live_tensors INTEGER NOT NULL,
      checkpoint TEXT NOT NULL,
      PRIMARY KEY (run_id, epoch)
    ) STRICT, WITHOUT ROWID;

    -- probabilities: 32-bit floats, little-endian, one per class.
    CREATE TABLE predictions (
      run_id TEXT NOT NULL REFERENCES runs (id),
      image_set TEXT NOT NULL CHECK (image_set IN ('validation', 'test') OR image_set GLOB 'data:?*'),
      position INTEGER NOT NULL,
      file TEXT NOT NULL,
      label INTEGER NOT NULL CHECK (label >= 0),
      probabilities BLOB NOT NULL,
      PRIMARY KEY (run_id, image_set, position)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE evaluations (
      run_id TEXT NOT NULL REFERENCES runs (id),
      image_set TEXT NOT NULL CHECK (image_set = 'test' OR image_set GLOB 'data:?*'),
      evaluation TEXT NOT NULL,
      created_at TEXT NOT NULL,
      PRIMARY KEY (run_id, image_set)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE exports (
      id INTEGER PRIMARY KEY,
      run_id TEXT NOT NULL REFERENCES runs (id),
      format TEXT NOT NULL,
      path TEXT NOT NULL,
      bytes INTEGER NOT NULL,
      sha256 TEXT NOT NULL,
      created_at TEXT NOT NULL,
      parity TEXT NOT NULL
    ) STRICT;

    CREATE TABLE audit_log (
      id INTEGER PRIMARY KEY,
      at TEXT NOT NULL,
      what TEXT NOT NULL,
      object TEXT NOT NULL
    ) STRICT;
    CREATE TRIGGER audit_log_keeps_its_rows BEFORE DELETE ON audit_log
      BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
    CREATE TRIGGER audit_log_rows_never_change BEFORE UPDATE ON audit_log
      BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
  `,
};
