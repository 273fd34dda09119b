import type { Routes } from '@angular/router';
import { keptCodesGuard } from './kept-codes-guard';
import { RecoveryCodesPage } from './recovery-codes-page';
import { SecondFactorPage } from './second-factor-page';

/** The pages below /second-factor: before the frame, since they may be owed before anything else. */
export const secondFactorRoutes: Routes = [
  {
    path: '',
    pathMatch: 'full',
    title: 'second_factor.title',
    canDeactivate: [keptCodesGuard],
    component: SecondFactorPage,
  },
  {
    path: 'codes',
    title: 'second_factor.codes_title',
    canDeactivate: [keptCodesGuard],
    component: RecoveryCodesPage,
  },
];
