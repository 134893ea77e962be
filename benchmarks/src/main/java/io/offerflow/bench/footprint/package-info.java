/** What the service does for each command beside thinking: reads, writes and records, so that others can do the same. */
package io.offerflow.bench.footprint;
