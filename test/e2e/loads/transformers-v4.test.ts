import { describeRealLoads } from '../../support/describe-real-loads.js';

describeRealLoads(4);
