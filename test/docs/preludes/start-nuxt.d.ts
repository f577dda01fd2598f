/** A global of Nuxt's. */
declare function defineNuxtConfig<Config>(config: Config): Config;
