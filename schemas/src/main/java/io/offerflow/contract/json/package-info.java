/** Values of our topics as the plain JSON that people write and read. */
package io.offerflow.contract.json;
