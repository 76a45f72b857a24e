/* gzip, by zlib. */
#ifndef MAILWHY_CODEC_GZIP_H
#define MAILWHY_CODEC_GZIP_H

#include "parsers/base/codec.h"

extern const struct codec codec_gzip;

#endif
