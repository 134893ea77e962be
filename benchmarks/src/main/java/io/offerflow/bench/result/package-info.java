/** The form of results: JSON on disk, and what is computed from it. */
package io.offerflow.bench.result;
