/** Documents with tables and charts of saved results, and the comparison of two results. */
package io.offerflow.bench.report;
