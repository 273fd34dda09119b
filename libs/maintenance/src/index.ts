export {
  INTERVENTION_SORTS,
  InterventionCreate,
  InterventionListQuery,
  InterventionUpdate,
  InterventionView,
} from './intervention.schema';
export {
  duePlans,
  isPlanDue,
  nearestPlan,
  type PlanCounter,
  planWear,
  secondsSinceIntervention,
} from './maintenance-due';
export { MAINTENANCE_ERRORS, type MaintenanceErrorCode } from './maintenance-errors';
export {
  isWebLink,
  MAINTENANCE_PLAN_SORTS,
  MaintenancePlanCreate,
  MaintenancePlanImpactView,
  MaintenancePlanListQuery,
  MaintenancePlanUpdate,
  MaintenancePlanView,
  MAX_INTERVAL_S,
  MAX_LCD_MESSAGE,
} from './maintenance-plan.schema';
export { FORECAST_WINDOW_S, planForecastS } from './plan-forecast';
