import { z } from 'zod';

// Zod compiles schemas with `new Function` where it can; the content security policy forbids that here, and trying it
// would be reported as a violation. It reads this setting when a schema is made, so this module is imported first.
z.config({ jitless: true });
