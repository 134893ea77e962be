/** Results: their form, as JSON and as tables. */
package io.offerflow.bench.result;
