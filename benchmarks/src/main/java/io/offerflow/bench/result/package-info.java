/** Results: their form, and JSON on disk. */
package io.offerflow.bench.result;
