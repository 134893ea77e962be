/** Results as text: tables, plots, the document made of both, and the comparison of two results. */
package io.offerflow.bench.report;
