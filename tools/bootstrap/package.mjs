/** `npm run package`: writes dist/fabomatic-<version>.tgz, which npm installs anywhere. */
import './node-version.mjs';

import('./package/make.mjs').then(async ({ makePackage }) => {
  if (!(await makePackage())) process.exitCode = 1;
});
