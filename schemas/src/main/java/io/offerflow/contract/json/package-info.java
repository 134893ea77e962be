/** Values of topics as plain JSON for people. */
package io.offerflow.contract.json;
