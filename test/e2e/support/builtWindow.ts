import { buildWhereStale } from '../../../scripts/start/build.mjs';

/** Before the first of these tests, and only then: a build empties the folder that the windows of all tests are served from. */
export default buildWhereStale;
