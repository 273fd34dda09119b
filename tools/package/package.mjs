/** `npm run package`: writes dist/fabomatic-<version>.tgz, which npm installs anywhere. */
import '../bootstrap/node-version.mjs';

import('./make.mjs').then(async ({ makePackage }) => {
  if (!(await makePackage())) process.exitCode = 1;
});
