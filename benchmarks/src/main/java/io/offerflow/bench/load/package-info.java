/** A reproducible mix of commands in files, and the process that sends it. */
package io.offerflow.bench.load;
