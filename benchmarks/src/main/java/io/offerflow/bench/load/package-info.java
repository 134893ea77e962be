/** The load: a reproducible mix of commands, encoded beforehand and kept in files, and the process that sends it. */
package io.offerflow.bench.load;
