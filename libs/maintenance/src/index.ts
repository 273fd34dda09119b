export {
  duePlans,
  isPlanDue,
  nearestPlan,
  type PlanCounter,
  planWear,
  secondsSinceIntervention,
} from './maintenance-due';
