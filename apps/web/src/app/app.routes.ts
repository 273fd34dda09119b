import type { Routes } from '@angular/router';
import { PASSWORD_LINK_PATH, UNSUBSCRIBE_PATH } from '@fabomatic/members';
import {
  loginGuard,
  permissionGuard,
  portalGuard,
  secondFactorGuard,
  sessionGuard,
} from './auth/auth-guard';

/**
 * Every page is loaded when it is first opened. `title` is a key of libs/i18n. The pages of the
 * portal go under the frame: those of one resource in a file of routes of their own
 * (`machine-types/machine-type.routes.ts`). To show one in the navigation add it to
 * `frame/navigation.ts`.
 */
export const appRoutes: Routes = [
  {
    path: 'login',
    title: 'login.title',
    canActivate: [loginGuard],
    loadComponent: async () => (await import('./auth/login-page/login-page')).LoginPage,
  },
  {
    path: 'password',
    title: 'password.title',
    canActivate: [sessionGuard],
    loadComponent: async () => (await import('./auth/password-page/password-page')).PasswordPage,
  },
  {
    path: 'second-factor',
    canActivate: [secondFactorGuard],
    loadChildren: async () =>
      (await import('./auth/second-factor/second-factor.routes')).secondFactorRoutes,
  },
  {
    path: 'forgot-password',
    title: 'forgot.title',
    loadComponent: async () => (await import('./auth/forgot-page/forgot-page')).ForgotPage,
  },
  {
    path: PASSWORD_LINK_PATH.slice(1),
    title: 'password.title',
    loadComponent: async () => (await import('./auth/link-page/link-page')).LinkPage,
  },
  {
    path: UNSUBSCRIBE_PATH.slice(1),
    title: 'mails.ending.title',
    loadComponent: async () => (await import('./unsubscribe/unsubscribe-page')).UnsubscribePage,
  },
  {
    path: 'tv',
    title: 'tv.title',
    loadComponent: async () => (await import('./public/tv-page/tv-page')).TvPage,
  },
  {
    path: 'status',
    title: 'public.title',
    loadComponent: async () => (await import('./public/status-page/status-page')).StatusPage,
  },
  {
    path: '',
    canActivate: [portalGuard],
    canActivateChild: [permissionGuard],
    loadComponent: async () => (await import('./frame/frame')).Frame,
    children: [
      {
        path: '',
        pathMatch: 'full',
        title: 'dashboard.title',
        loadComponent: async () =>
          (await import('./dashboard/dashboard-page/dashboard-page')).DashboardPage,
      },
      {
        path: 'machines',
        loadChildren: async () => (await import('./machines/machine.routes')).machineRoutes,
      },
      {
        path: 'machine-types',
        loadChildren: async () =>
          (await import('./machine-types/machine-type.routes')).machineTypeRoutes,
      },
      {
        path: 'boards',
        loadChildren: async () => (await import('./boards/board.routes')).boardRoutes,
      },
      {
        path: 'firmware',
        title: 'firmware.title',
        loadComponent: async () => (await import('./firmware/firmware-page')).FirmwarePage,
      },
      {
        path: 'maintenance',
        loadChildren: async () => (await import('./maintenance/maintenance.routes')).planRoutes,
      },
      {
        path: 'interventions',
        loadChildren: async () =>
          (await import('./maintenance/maintenance.routes')).interventionRoutes,
      },
      {
        path: 'members',
        loadChildren: async () => (await import('./members/member.routes')).memberRoutes,
      },
      {
        path: 'roles',
        loadChildren: async () => (await import('./roles/role.routes')).roleRoutes,
      },
      {
        path: 'unrecognised-cards',
        title: 'cards.title',
        loadComponent: async () =>
          (await import('./unrecognised-cards/unrecognised-cards-page')).UnrecognisedCardsPage,
      },
      {
        path: 'access',
        loadChildren: async () => (await import('./authorizations/access.routes')).accessRoutes,
      },
      {
        path: 'authorizations',
        title: 'access.list',
        loadComponent: async () =>
          (await import('./authorizations/authorization-list/authorization-list'))
            .AuthorizationList,
      },
      {
        path: 'statistics',
        title: 'statistics.title',
        loadComponent: async () =>
          (await import('./statistics/statistics-page/statistics-page')).StatisticsPage,
      },
      {
        path: 'history',
        loadChildren: async () => (await import('./uses/use.routes')).useRoutes,
      },
      {
        path: 'system',
        loadChildren: async () => (await import('./system/system.routes')).systemRoutes,
      },
      {
        path: 'search',
        title: 'search.title',
        loadComponent: async () => (await import('./search/search-page')).SearchPage,
      },
      {
        path: 'first-run',
        title: 'first_run.short_title',
        loadComponent: async () => (await import('./first-run/first-run-page')).FirstRunPage,
      },
      {
        path: 'me',
        title: 'me.title',
        loadComponent: async () => (await import('./me/me-page')).MePage,
      },
      {
        path: 'account',
        title: 'account.title',
        loadComponent: async () => (await import('./account/account-page')).AccountPage,
      },
      {
        path: 'not-allowed',
        title: 'me.not_allowed_title',
        loadComponent: async () =>
          (await import('./frame/not-allowed-page/not-allowed-page')).NotAllowedPage,
      },
      {
        path: 'more',
        title: 'more.title',
        loadComponent: async () => (await import('./frame/more-page/more-page')).MorePage,
      },
      {
        path: '**',
        title: 'not_found.title',
        loadComponent: async () =>
          (await import('./frame/not-found-page/not-found-page')).NotFoundPage,
      },
    ],
  },
];
