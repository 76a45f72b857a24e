/* gzip, and deflate without its header as members of zip archives are, by zlib. */
#ifndef MAILWHY_CODEC_GZIP_H
#define MAILWHY_CODEC_GZIP_H

#include "parsers/base/codec.h"

extern const struct codec codec_gzip, codec_deflate;

#endif
