import { describeRealLoad } from '../support/describe-real-load.js';

describeRealLoad(2);
