/** How fast the journal is read again, beside decoding and folding the same entries as bytes in memory. */
package io.offerflow.bench.replay;
