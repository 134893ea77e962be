/** What the service reads, writes and sends for each command, so that others can do the same without thinking. */
package io.offerflow.bench.footprint;
