/** What a command costs as offers, plans, audiences, customers and partitions grow, and what a restart does. */
package io.offerflow.bench.scale;
