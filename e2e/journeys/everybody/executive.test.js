import { nobodyIsShutOut } from '../../lib/everybody.js';

nobodyIsShutOut('executive');
