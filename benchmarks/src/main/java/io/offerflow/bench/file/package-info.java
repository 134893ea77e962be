/** Access to files. */
package io.offerflow.bench.file;
