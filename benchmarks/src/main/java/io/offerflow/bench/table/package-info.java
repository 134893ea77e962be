/** Results as Markdown tables. */
package io.offerflow.bench.table;
