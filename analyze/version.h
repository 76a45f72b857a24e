#ifndef MAILWHY_VERSION
#define MAILWHY_VERSION "0.1.0"
#endif
