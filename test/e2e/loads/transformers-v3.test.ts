import { describeCancelledLoads } from '../../support/describe-cancelled-loads.js';
import { describeRealLoads } from '../../support/describe-real-loads.js';

describeCancelledLoads(3, { pausesFirst: true });
describeRealLoads(3);
