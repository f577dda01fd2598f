import type { NextConfig } from 'next';

// A folder of files, for any static host.
const config: NextConfig = { output: 'export' };

export default config;
