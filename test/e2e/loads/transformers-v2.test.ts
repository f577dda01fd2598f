import { describeCancelledLoads } from '../../support/describe-cancelled-loads.js';
import { describeRealLoads } from '../../support/describe-real-loads.js';

describeCancelledLoads(2);
describeRealLoads(2);
