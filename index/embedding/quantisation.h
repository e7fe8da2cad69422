// Lets the matrix products of an encoder run in int8.
//
// The inputs of a product with weights become 8-bit numbers on one scale for the whole tensor, the weights on one scale
// for each of their columns, both fixed beforehand: so the same text has the same vector wherever it runs. The graph
// gets FakeQuantize operations, which OpenVINO's low precision transformations turn into int8 kernels.
// Source: Jacob et al., "Quantization and training of neural networks for efficient integer-arithmetic-only inference"
// (2018). Channels whose values reach further than the others' may be scaled down before, and their weights up, which
// leaves the product as it is: Xiao et al., "SmoothQuant" (2023), https://arxiv.org/abs/2211.10438.
#ifndef BEDSIDE_INDEX_EMBEDDING_QUANTISATION_H_
#define BEDSIDE_INDEX_EMBEDDING_QUANTISATION_H_

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "index/embedding/activation_ranges.h"
#include "openvino/openvino.hpp"

namespace bedside {

// The products with weights ([..., tokens, in] x [in, out], the latter constant) of `model`, by the value that they
// read; in the order of the graph's names, which is the same for every reading of one file.
std::map<std::string, std::vector<std::shared_ptr<ov::Node>>> WeightProductsByInput(const ov::Model& model);

// Quantises the products whose input has a range, and says how many. Throws what OpenVINO throws.
size_t Quantise(ov::Model& model, const ActivationRanges& ranges);

}  // namespace bedside

#endif  // BEDSIDE_INDEX_EMBEDDING_QUANTISATION_H_
